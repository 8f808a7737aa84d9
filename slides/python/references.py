my_lst = ["hello"]
other_lst = my_lst
del other_lst
